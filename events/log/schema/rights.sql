-- The rights of the log, as all migrations together make them. No program reads this file.
-- `python -m tests.support.log_schema` writes it, and a test compares it with the migrations.

GRANT USAGE ON SCHEMA log TO ostraka_app;

REVOKE ALL ON FUNCTION log.create_rebuild_schema(model text) FROM PUBLIC;

GRANT ALL ON FUNCTION log.create_rebuild_schema(model text) TO ostraka_app;

GRANT SELECT,INSERT ON TABLE log.accounts TO ostraka_app;

GRANT SELECT,INSERT ON TABLE log.adoptions TO ostraka_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE log.answers TO ostraka_app;

GRANT SELECT,INSERT ON TABLE log.audit TO ostraka_app;

GRANT SELECT,INSERT ON TABLE log.batches TO ostraka_app;

GRANT UPDATE(state) ON TABLE log.batches TO ostraka_app;

GRANT UPDATE(reached) ON TABLE log.batches TO ostraka_app;

GRANT UPDATE(error) ON TABLE log.batches TO ostraka_app;

GRANT UPDATE(ended_at) ON TABLE log.batches TO ostraka_app;

GRANT SELECT ON TABLE log.erasures TO ostraka_app;

GRANT SELECT,INSERT ON TABLE log.events TO ostraka_app;

GRANT SELECT,UPDATE ON TABLE log.head TO ostraka_app;

GRANT SELECT,INSERT ON TABLE log.replays TO ostraka_app;

GRANT UPDATE(state) ON TABLE log.replays TO ostraka_app;

GRANT UPDATE(swaps) ON TABLE log.replays TO ostraka_app;

GRANT UPDATE(begun_at) ON TABLE log.replays TO ostraka_app;

GRANT UPDATE("position") ON TABLE log.replays TO ostraka_app;

GRANT UPDATE(head) ON TABLE log.replays TO ostraka_app;

GRANT UPDATE(rate) ON TABLE log.replays TO ostraka_app;

GRANT UPDATE(difference) ON TABLE log.replays TO ostraka_app;

GRANT UPDATE(error) ON TABLE log.replays TO ostraka_app;

GRANT UPDATE(ended_at) ON TABLE log.replays TO ostraka_app;

GRANT SELECT,INSERT ON TABLE log.targets TO ostraka_app;
