"""Pictures of what the views tell, drawn as SVG: no script, and every mark a link with a name."""
