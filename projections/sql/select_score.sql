-- Read what the score of one tool is made of, and the last rule adopted up to there, null if none was: $1 its subject id,
-- $2 all registered models, $3 the subject of rules. One row, always. Leans on the primary keys.
SELECT coalesce(tool.listed, false)      AS listed,
       coalesce(panel.ship, 0)           AS panel_ship,
       coalesce(panel.skip, 0)           AS panel_skip,
       coalesce(panel.position, 0)       AS panel_position,
       coalesce(community.ship, 0)       AS community_ship,
       coalesce(community.skip, 0)       AS community_skip,
       coalesce(community.position, 0)   AS community_position,
       coalesce(anonymous.ship, 0)       AS anonymous_ship,
       coalesce(anonymous.skip, 0)       AS anonymous_skip,
       (SELECT jsonb_object_agg(reason, votes) FROM excluded WHERE subject_id = $1) AS excluded,
       reached.position,
       (SELECT data ->> 'rule' FROM events
        WHERE subject_id = $3 AND actor_id = '00000000-0000-0000-0000-000000000000' AND position <= reached.position
        ORDER BY version DESC LIMIT 1) AS rule
FROM (SELECT $1::bigint AS subject_id) AS asked
CROSS JOIN (
    SELECT min(coalesce(checkpoint.position, 0)) AS position
    FROM unnest($2::text[]) AS registered (model)
    LEFT JOIN checkpoints AS checkpoint
      ON checkpoint.subject_id = 0 AND checkpoint.model = registered.model
) AS reached
LEFT JOIN tools     AS tool      ON tool.subject_id = asked.subject_id
LEFT JOIN panel     AS panel     ON panel.subject_id = asked.subject_id
LEFT JOIN community AS community ON community.subject_id = asked.subject_id
LEFT JOIN anonymous AS anonymous ON anonymous.subject_id = asked.subject_id
