"""The ground floor: actor, clock, ids, money, states, permissions, sealing. No business noun."""
