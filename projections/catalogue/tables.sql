-- One row for each tool and each panelist that was ever listed; those that left are kept, unlisted.
DROP TABLE IF EXISTS tools, panelists;
CREATE TABLE tools (
    subject_id  bigint  PRIMARY KEY,
    slug        text    NOT NULL,
    name        text    NOT NULL,
    vendor      text    NOT NULL,
    category    text    NOT NULL,
    tagline     text    NOT NULL,
    description text    NOT NULL,
    homepage    text    NOT NULL,
    pricing     jsonb,
    listed      boolean NOT NULL,
    position    bigint  NOT NULL
);
CREATE INDEX tools_slug ON tools (slug COLLATE "C") WHERE listed;
CREATE INDEX tools_category ON tools (category, slug COLLATE "C") WHERE listed;
CREATE TABLE panelists (
    subject_id bigint  PRIMARY KEY,
    slug       text    NOT NULL,
    name       text    NOT NULL,
    lens       text    NOT NULL,
    bio        text    NOT NULL,
    seated     boolean NOT NULL,
    position   bigint  NOT NULL
);
