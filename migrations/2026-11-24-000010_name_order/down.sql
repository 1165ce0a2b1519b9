drop index people_by_name;
create index people_by_name on people (name, id);
drop collation person_names;
