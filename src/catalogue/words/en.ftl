### The catalogue.

home-title = From idea to result, step by step
catalogue-title = Courses
catalogue-search-label = What do you want to learn?
catalogue-search-hint = For example: innovation, energy audit. Slips of the finger are fine.
catalogue-themes = Thematic areas
catalogue-all = All courses
catalogue-filters = Filters
catalogue-theme = Thematic area
catalogue-level = Level
catalogue-language = Course language
catalogue-any = Any
catalogue-apply = Show
catalogue-clear = Clear filters
catalogue-found = { $n ->
    [one] { $n } course
   *[other] { $n } courses
}
catalogue-n-courses = { $n ->
    [one] { $n } course
   *[other] { $n } courses
}
catalogue-n-lessons = { $n ->
    [one] { $n } lesson
   *[other] { $n } lessons
}
catalogue-hours = { $hours } h
catalogue-none-title = No course fits
catalogue-none-text = Try another word, or look at all courses.
catalogue-none-action = All courses
publish-errors = The course has errors and was not published. What learners see has not changed.
publish-slug-taken = Another course has this address. Choose another slug in course.yml.
