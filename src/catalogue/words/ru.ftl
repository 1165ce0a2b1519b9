### Каталог курсов.

home-title = От идеи к результату, шаг за шагом
catalogue-title = Курсы
catalogue-search-label = Чему вы хотите научиться?
catalogue-search-hint = Например: инновации, энергоаудит. Опечатки не страшны.
catalogue-themes = Темы
catalogue-all = Все курсы
catalogue-filters = Фильтры
catalogue-theme = Тема
catalogue-level = Уровень
catalogue-language = Язык курса
catalogue-any = Любой
catalogue-apply = Показать
catalogue-clear = Сбросить фильтры
catalogue-found = { $n ->
    [one] { $n } курс
    [few] { $n } курса
   *[many] { $n } курсов
}
catalogue-n-courses = { $n ->
    [one] { $n } курс
    [few] { $n } курса
   *[many] { $n } курсов
}
catalogue-n-lessons = { $n ->
    [one] { $n } урок
    [few] { $n } урока
   *[many] { $n } уроков
}
catalogue-hours = { $hours } ч
catalogue-none-title = Подходящих курсов нет
catalogue-none-text = Попробуйте другое слово или посмотрите все курсы.
catalogue-none-action = Все курсы
publish-errors = В курсе есть ошибки, он не опубликован. То, что видят слушатели, не изменилось.
publish-slug-taken = Этот адрес занят другим курсом. Выберите другой slug в course.yml.
