ALTER TABLE reminders_notice ADD CONSTRAINT notice_in_a_digest_of_its_person
    FOREIGN KEY (digest_id, person_id) REFERENCES reminders_digest (id, person_id)
    DEFERRABLE INITIALLY DEFERRED;
