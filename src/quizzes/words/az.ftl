### Testlər.

quiz-not-enrolled = Cavab vermək üçün kursa yazılın. Kurs pulsuzdur.
quiz-not-open-yet = Bu test hələ açıq deyil.
quiz-closed = Bu test bağlanıb.
quiz-no-attempts-left = Bütün cəhdlərdən istifadə etmisiniz. Nəticəniz olduğu kimi qalır.
quiz-finished-already = Bu cəhd bitib. Cavabları artıq dəyişmək olmaz.
quiz-time-up = Vaxt bitdi. Vaxtında saxlanılan cavablar təhvil verildi.
quiz-not-finished = Nəticə cəhd bitəndən sonra göstərilir.

quiz-n-questions = { $n } sual
quiz-n-minutes = Vaxt: { $n } dəqiqə
quiz-no-time-limit = Vaxt məhdudiyyəti yoxdur
quiz-pass-mark = Keçid balı: { $pass }
quiz-attempts-left = Qalan cəhdlər: { $n }
quiz-attempts-unlimited = Cəhdlərin sayı məhdud deyil
quiz-best-counts = Ən yaxşı cəhd sayılır
quiz-last-counts = Sonuncu cəhd sayılır
quiz-average-counts = Bütün cəhdlərin ortalaması sayılır
quiz-best-result = Ən yaxşı nəticəniz: { $share }
quiz-start = Testə başla
quiz-start-again = Yeni cəhdə başla
quiz-resume = Cəhdə davam et
quiz-last-result = Son nəticəyə bax

quiz-attempt-number = Cəhd: { $number }.
quiz-question-of = Sual { $number } / { $of }
quiz-question = Sual { $number }
quiz-marks = Bal: { $marks }
quiz-marks-of = Bal: { $marks } / { $of }
quiz-questions = Suallar
quiz-answered = cavab verilib
quiz-not-answered = Hələ cavab verilməyib
quiz-saving-note = Bu səhifədən çıxıb başqa cihazda davam edə bilərsiniz. Saxlanılan cavablar itmir.
quiz-save-answers = Cavabları yadda saxla
quiz-answers-saved = Cavablarınız saxlanıldı.
quiz-finish = Təhvil ver
quiz-back-to-lesson = Dərsə qayıt
quiz-back-to-questions = Suallara qayıt

quiz-blank-count = { $n } suala cavab verilməyib:
finish-title = Cavabları təhvil verin
finish-all-answered = Bütün suallara cavab verilib.
finish-final = Təhvil verdikdən sonra cavabları dəyişmək olmaz.

compare-title = Eyni suala iki cavab
compare-lead = Bu səhifə açılandan sonra saxlanılan cavab başqa vərəqdə və ya başqa cihazda dəyişib. Hansı cavabın qalacağını seçin.
compare-mine = Bu səhifədəki cavabınız
compare-other = Saxlanılan cavab, { $at }
compare-keep = Seçilən cavabları saxla

review-title = Nəticə: { $quiz }
review-passed = Keçib
review-not-passed = Hələ keçməyib
review-finished = Təhvil verilib: { $at }
quiz-answers-hidden = Düzgün cavablar testdən keçəndən sonra və ya cəhdlər bitəndə göstərilir.
quiz-review-hidden = Bu testin sualları və cavabları göstərilmir.

practice-blank = Əvvəlcə cavab verin, sonra yoxlayın.
practice-join = Cavabları yoxlamaq üçün kursa yazılın.
practice-join-link = Kursun səhifəsini aç
quiz-locked = Bu test hələ açılmayıb. Onu nəyin açdığı dərsin səhifəsindədir.
quiz-other-form = Sizə bu testin o biri variantı verilir. Keçid kursun səhifəsindədir.
