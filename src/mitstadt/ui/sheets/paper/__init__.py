"""A sheet on paper: a layout table in millimetres that is ours, and the press that only draws it."""
