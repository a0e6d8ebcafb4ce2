"""Rights of people over their data (UU 27/2022): requests and clocks, copies, breaches."""
