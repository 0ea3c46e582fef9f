-- Drop all plans: some were made while temporary tables shadowed the live ones.
DISCARD PLANS
