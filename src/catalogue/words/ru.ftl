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
catalogue-apply = Применить
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
catalogue-results = Найденные курсы
catalogue-order = Порядок:
sort-recommended = рекомендуемые
sort-updated = недавно обновлённые
sort-shortest = короткие
catalogue-length = Длительность
length-short = До 1 часа
length-medium = 1–3 часа
length-long = Более 3 часов
catalogue-minutes = { $minutes } мин
catalogue-hours-minutes = { $hours } ч { $minutes } мин
catalogue-empty-title = Курсов пока нет
catalogue-empty-text = Курсы появятся здесь сразу после публикации.
home-how = Как это работает
home-read = Прочитайте урок
home-read-text = Каждый занимает 5–15 минут. Работает на телефоне и при медленном интернете.
home-check = Проверьте себя
home-check-text = Вопросы стоят прямо в уроках, и к каждому ответу есть объяснение.
home-continue = Продолжайте с того же места
home-continue-text = Место в курсе, ответы и результаты сохраняются. Продолжить можно с любого устройства.
publish-errors = В курсе есть ошибки, он не опубликован. То, что видят слушатели, не изменилось.
publish-slug-taken = Этот адрес занят другим курсом. Выберите другой slug в course.yml.
publish-overtaken = Тем временем опубликована другая версия курса. Посмотрите различия и попробуйте ещё раз.
