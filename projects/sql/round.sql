ALTER TABLE projects_round ADD CONSTRAINT round_unsettled_once
    EXCLUDE USING btree (proposal_id WITH =) WHERE (state IN ('open', 'objected'))
    DEFERRABLE INITIALLY DEFERRED;
