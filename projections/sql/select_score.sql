-- Read what the score of one tool is made of: $1 its subject id, $2 all registered models. One row, always.
SELECT coalesce(tool.listed, false)      AS listed,
       coalesce(panel.ship, 0)           AS panel_ship,
       coalesce(panel.skip, 0)           AS panel_skip,
       coalesce(panel.position, 0)       AS panel_position,
       coalesce(community.ship, 0)       AS community_ship,
       coalesce(community.skip, 0)       AS community_skip,
       coalesce(community.position, 0)   AS community_position,
       (SELECT jsonb_object_agg(reason, votes) FROM excluded WHERE subject_id = $1) AS excluded,
       (SELECT min(coalesce(checkpoint.position, 0))
        FROM unnest($2::text[]) AS registered (model)
        LEFT JOIN checkpoints AS checkpoint
          ON checkpoint.subject_id = 0 AND checkpoint.model = registered.model) AS position
FROM (SELECT $1::bigint AS subject_id) AS asked
LEFT JOIN tools     AS tool      ON tool.subject_id = asked.subject_id
LEFT JOIN panel     AS panel     ON panel.subject_id = asked.subject_id
LEFT JOIN community AS community ON community.subject_id = asked.subject_id
