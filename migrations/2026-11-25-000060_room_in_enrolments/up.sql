-- Where to resume changes with every lesson that is opened. With room left in each page of the table the new row lies
-- beside the old one, and no index is written.
alter table enrolments set (fillfactor = 70);
