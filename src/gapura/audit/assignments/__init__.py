"""What an auditor's letter of assignment opens."""
