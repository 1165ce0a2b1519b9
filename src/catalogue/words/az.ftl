### Kurs kataloqu.

home-title = İdeyadan nəticəyə, addım-addım
catalogue-title = Kurslar
catalogue-search-label = Nə öyrənmək istəyirsiniz?
catalogue-search-hint = Məsələn: innovasiya, enerji auditi. Yazı xətası problem deyil.
catalogue-themes = Mövzular
catalogue-all = Bütün kurslar
catalogue-filters = Filtrlər
catalogue-theme = Mövzu
catalogue-level = Səviyyə
catalogue-language = Kursun dili
catalogue-any = Hamısı
catalogue-apply = Göstər
catalogue-clear = Filtrləri təmizlə
catalogue-found = { $n } kurs
catalogue-n-courses = { $n } kurs
catalogue-n-lessons = { $n } dərs
catalogue-hours = { $hours } saat
catalogue-none-title = Uyğun kurs tapılmadı
catalogue-none-text = Başqa söz yazın və ya bütün kurslara baxın.
catalogue-none-action = Bütün kurslar
publish-errors = Kursda xətalar var, dərc edilmədi. İştirakçıların gördüyü dəyişməyib.
publish-slug-taken = Bu ünvan başqa kursundur. course.yml faylında başqa slug seçin.
