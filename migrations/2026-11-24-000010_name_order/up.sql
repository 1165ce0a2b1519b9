-- The order of people's names: the Azerbaijani alphabet, with Cyrillic and foreign letters where a reader expects them.
-- A Postgres built without ICU keeps the order of bytes.
do $$
begin
  create collation person_names (provider = icu, locale = 'az');
exception when others then
  create collation person_names from "C";
end $$;

drop index people_by_name;
create index people_by_name on people (name collate person_names, id);
