"""The sheet, its revisions and its twelve sections."""
