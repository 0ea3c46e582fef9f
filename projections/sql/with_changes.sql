-- Let what one statement returns be `changes` to another.
WITH changes AS (
{statement}
)
{write}
