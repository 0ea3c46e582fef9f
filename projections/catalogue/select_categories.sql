-- Name the categories that have listed tools, with their numbers. Leans on tools_category.
SELECT category, count(*) AS tools FROM tools WHERE listed GROUP BY category ORDER BY category COLLATE "C"
