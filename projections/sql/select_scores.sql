-- Read what the scores of tools are made of, and the last rule adopted up to there, null if none was: $1 their
-- subject ids, $2 all registered models, $3 the subject of rules. One row for each id, in their order. Leans on the
-- primary keys.
WITH reached AS MATERIALIZED (
    SELECT min(coalesce(checkpoint.position, 0)) AS position
    FROM unnest($2::text[]) AS registered (model)
    LEFT JOIN checkpoints AS checkpoint
      ON checkpoint.subject_id = 0 AND checkpoint.model = registered.model
), adopted AS MATERIALIZED (
    SELECT data ->> 'rule' AS rule
    FROM events
    WHERE subject_id = $3 AND actor_id = '00000000-0000-0000-0000-000000000000'
      AND position <= (SELECT position FROM reached)
    ORDER BY version DESC
    LIMIT 1
)
SELECT coalesce(tool.listed, false)      AS listed,
       coalesce(panel.ship, 0)           AS panel_ship,
       coalesce(panel.skip, 0)           AS panel_skip,
       coalesce(panel.position, 0)       AS panel_position,
       coalesce(community.ship, 0)       AS community_ship,
       coalesce(community.skip, 0)       AS community_skip,
       coalesce(community.position, 0)   AS community_position,
       coalesce(anonymous.ship, 0)       AS anonymous_ship,
       coalesce(anonymous.skip, 0)       AS anonymous_skip,
       (SELECT jsonb_object_agg(reason, votes) FROM excluded WHERE subject_id = asked.subject_id) AS excluded,
       (SELECT position FROM reached)    AS position,
       (SELECT rule FROM adopted)        AS rule
FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (subject_id, place)
LEFT JOIN tools     AS tool      ON tool.subject_id = asked.subject_id
LEFT JOIN panel     AS panel     ON panel.subject_id = asked.subject_id
LEFT JOIN community AS community ON community.subject_id = asked.subject_id
LEFT JOIN anonymous AS anonymous ON anonymous.subject_id = asked.subject_id
ORDER BY asked.place
