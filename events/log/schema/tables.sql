-- The tables of the log, as all migrations together make them. No program reads this file.
-- `python -m tests.support.log_schema` writes it, and a test compares it with the migrations.

CREATE SCHEMA log;

CREATE TABLE log.accounts (
    subject_id bigint NOT NULL,
    account text NOT NULL,
    voter_id uuid DEFAULT uuidv7() NOT NULL
);

CREATE TABLE log.adoptions (
    subject_id bigint DEFAULT 0 NOT NULL,
    id uuid NOT NULL,
    ordered_by text NOT NULL,
    CONSTRAINT adoptions_subject_id_check CHECK ((subject_id = 0))
);

CREATE TABLE log.answers (
    subject_id bigint NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    answers bytea NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

CREATE TABLE log.audit (
    subject_id bigint DEFAULT 0 NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    who text NOT NULL,
    role text NOT NULL,
    action text NOT NULL,
    what text NOT NULL,
    detail jsonb NOT NULL,
    CONSTRAINT audit_subject_id_check CHECK ((subject_id = 0))
);

CREATE TABLE log.batches (
    subject_id bigint DEFAULT 0 NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    action text NOT NULL,
    selection jsonb NOT NULL,
    reverts uuid,
    reason text NOT NULL,
    note text NOT NULL,
    moderator text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    fingerprint bytea,
    head bigint NOT NULL,
    matched bigint NOT NULL,
    state text NOT NULL,
    reached bigint DEFAULT 0 NOT NULL,
    error text,
    ended_at timestamp with time zone,
    as_of bigint,
    CONSTRAINT batches_action_check CHECK ((action = ANY (ARRAY['retract'::text, 'reinstate'::text]))),
    CONSTRAINT batches_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'failed'::text]))),
    CONSTRAINT batches_subject_id_check CHECK ((subject_id = 0))
);

CREATE TABLE log.erasures (
    subject_id bigint NOT NULL,
    count bigint NOT NULL,
    CONSTRAINT erasures_subject_id_check CHECK ((subject_id = 0))
);

CREATE TABLE log.events (
    subject_id bigint NOT NULL,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    occurred_at timestamp with time zone,
    version integer NOT NULL,
    schema smallint NOT NULL,
    type text NOT NULL,
    actor_id uuid NOT NULL,
    data jsonb NOT NULL,
    previous bigint,
    CONSTRAINT events_check CHECK ((((previous IS NULL) = (version = 1)) AND (previous < "position"))),
    CONSTRAINT events_position_check CHECK (("position" > 0)),
    CONSTRAINT events_version_check CHECK ((version > 0))
);

CREATE TABLE log.head (
    subject_id bigint NOT NULL,
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT head_subject_id_check CHECK ((subject_id = 0))
);

CREATE TABLE log.migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE log.replays (
    subject_id bigint DEFAULT 0 NOT NULL,
    id uuid NOT NULL,
    models text[] NOT NULL,
    dry_run boolean NOT NULL,
    moderator text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    fingerprint bytea,
    state text NOT NULL,
    swaps boolean NOT NULL,
    begun_at timestamp with time zone,
    "position" bigint DEFAULT 0 NOT NULL,
    head bigint DEFAULT 0 NOT NULL,
    rate double precision,
    difference jsonb,
    error text,
    ended_at timestamp with time zone,
    CONSTRAINT replays_state_check CHECK ((state = ANY (ARRAY['running'::text, 'ready'::text, 'done'::text, 'cancelled'::text, 'failed'::text]))),
    CONSTRAINT replays_subject_id_check CHECK ((subject_id = 0))
);

CREATE TABLE log.targets (
    subject_id bigint NOT NULL,
    batch uuid NOT NULL,
    "position" bigint NOT NULL,
    actor_id uuid NOT NULL
);

ALTER TABLE ONLY log.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (subject_id, account);

ALTER TABLE ONLY log.adoptions
    ADD CONSTRAINT adoptions_pkey PRIMARY KEY (subject_id, id);

ALTER TABLE ONLY log.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (subject_id, key);

ALTER TABLE ONLY log.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (subject_id, id);

ALTER TABLE ONLY log.batches
    ADD CONSTRAINT batches_pkey PRIMARY KEY (subject_id, id);

ALTER TABLE ONLY log.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (subject_id);

ALTER TABLE ONLY log.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (subject_id, actor_id, version);

ALTER TABLE ONLY log.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (subject_id);

ALTER TABLE ONLY log.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY log.replays
    ADD CONSTRAINT replays_pkey PRIMARY KEY (subject_id, id);

ALTER TABLE ONLY log.targets
    ADD CONSTRAINT targets_pkey PRIMARY KEY (subject_id, batch, "position");

CREATE INDEX answers_recorded_at ON log.answers USING btree (recorded_at);

CREATE INDEX audit_action ON log.audit USING btree (action, id);

CREATE INDEX audit_who ON log.audit USING btree (who, id);

CREATE INDEX batches_running ON log.batches USING btree (created_at) WHERE (state = 'running'::text);

CREATE INDEX events_anonymous ON log.events USING btree ("position") WHERE ((type = ANY (ARRAY['VoteCast'::text, 'VoteWithdrawn'::text, 'PreferenceCast'::text, 'PreferenceWithdrawn'::text])) AND (data ? 'anonymous'::text));

CREATE INDEX events_batch ON log.events USING btree (((data ->> 'batch'::text)), "position") WHERE (type = ANY (ARRAY['EventRetracted'::text, 'EventReinstated'::text]));

CREATE INDEX events_left ON log.events USING btree (((data ->> 'left'::text)), "position") WHERE (type = ANY (ARRAY['PreferenceCast'::text, 'PreferenceWithdrawn'::text]));

CREATE INDEX events_position ON log.events USING btree ("position");

CREATE INDEX events_preferences ON log.events USING btree ("position") WHERE (type = ANY (ARRAY['PreferenceCast'::text, 'PreferenceWithdrawn'::text]));

CREATE INDEX events_preferrers ON log.events USING btree (actor_id, "position") WHERE (type = ANY (ARRAY['PreferenceCast'::text, 'PreferenceWithdrawn'::text]));

CREATE INDEX events_previous ON log.events USING btree (previous) INCLUDE ("position") WHERE (previous IS NOT NULL);

CREATE INDEX events_rare ON log.events USING btree ("position") WHERE ((type <> ALL (ARRAY['VoteCast'::text, 'VoteWithdrawn'::text, 'PreferenceCast'::text, 'PreferenceWithdrawn'::text])) AND ("position" > 0));

CREATE INDEX events_reviews ON log.events USING btree (subject_id, actor_id, version) WHERE (type = ANY (ARRAY['ReviewSubmitted'::text, 'ReviewRevised'::text, 'ReviewWithdrawn'::text]));

CREATE INDEX events_right ON log.events USING btree (((data ->> 'right'::text)), "position") WHERE (type = ANY (ARRAY['PreferenceCast'::text, 'PreferenceWithdrawn'::text]));

CREATE INDEX events_rulings ON log.events USING btree (subject_id, actor_id, version) WHERE (type = ANY (ARRAY['EventRetracted'::text, 'EventReinstated'::text]));

CREATE INDEX events_types ON log.events USING btree (type, "position") WHERE (type <> ALL (ARRAY['VoteCast'::text, 'PreferenceCast'::text, 'EventRetracted'::text]));

CREATE INDEX events_unusual ON log.events USING btree ("position") WHERE ((type = ANY (ARRAY['VoteCast'::text, 'VoteWithdrawn'::text, 'PreferenceCast'::text, 'PreferenceWithdrawn'::text])) AND (NOT log.is_usual(type, schema, data, recorded_at)));

CREATE INDEX replays_going_on ON log.replays USING btree (created_at) WHERE (state = ANY (ARRAY['running'::text, 'ready'::text]));

CREATE INDEX targets_batch ON log.targets USING btree (batch, "position");
