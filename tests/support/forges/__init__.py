"""Little forges that answer as GitHub, Forgejo and GitLab do."""
