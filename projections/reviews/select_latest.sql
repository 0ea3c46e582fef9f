-- Read the last $1 standing reviews of listed tools, the newest first. Leans on reviews_position and on the tools' primary
-- key.
SELECT tool.slug, tool.name, tool.category, review.panelist, review.verdict, review.headline, review.recorded_at
FROM reviews AS review
JOIN tools AS tool ON tool.subject_id = review.subject_id AND tool.listed
ORDER BY review.position DESC LIMIT $1
