"""Orders: from the unit's list to buy, by negotiation, review and signing, to the payment."""
