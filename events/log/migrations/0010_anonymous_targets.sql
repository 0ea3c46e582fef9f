-- Targets know whether they are of people without an account, since previews tally those apart.
ALTER TABLE log.targets ADD COLUMN anonymous boolean NOT NULL DEFAULT false;
