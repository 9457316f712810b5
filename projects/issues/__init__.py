"""Issues between parties: what each says, what could be done, what was decided."""
