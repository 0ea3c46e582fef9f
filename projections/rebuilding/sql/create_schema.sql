-- Create the schema that the model $1 is rebuilt in; it belongs to the application.
SELECT log.create_rebuild_schema($1)
