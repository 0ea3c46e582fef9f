-- Let no statement keep a plan that was made while temporary tables stood before the live ones.
DISCARD PLANS
