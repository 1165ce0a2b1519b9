alter table enrolments reset (fillfactor);
