### The catalogue.

home-title = From idea to result, step by step
catalogue-title = Courses
catalogue-search-label = What do you want to learn?
catalogue-search-hint = For example: innovation, energy audit. Typos are fine.
catalogue-themes = Thematic areas
catalogue-all = All courses
catalogue-filters = Filters
catalogue-theme = Thematic area
catalogue-level = Level
catalogue-language = Course language
catalogue-apply = Apply
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
catalogue-results = What was found
catalogue-order = Order:
sort-recommended = recommended
sort-updated = recently updated
sort-shortest = shortest
catalogue-length = Length
length-short = Up to 1 hour
length-medium = 1–3 hours
length-long = Over 3 hours
catalogue-minutes = { $minutes } min
catalogue-hours-minutes = { $hours } h { $minutes } min
catalogue-empty-title = There are no courses yet
catalogue-empty-text = Courses appear here as soon as they are published.
home-how = How it works
home-read = Read a lesson
home-read-text = Each takes 5 to 15 minutes. It works on a phone and on a slow connection.
home-check = Check yourself
home-check-text = Questions stand inside the lessons, and every answer comes with an explanation.
home-continue = Continue any time
home-continue-text = Your place, your answers and your progress are kept. Go on from any device.
publish-errors = The course has errors and was not published. What learners see has not changed.
publish-slug-taken = Another course has this address. Choose another slug in course.yml.
publish-overtaken = Another version of the course was published meanwhile. Look at the differences and try again.
