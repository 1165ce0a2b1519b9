//! Tables as files that a spreadsheet opens: with a byte order mark, the separator of the language, and nothing that
//! would be run as a formula.

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::domain::locale::Locale;
use crate::web::Fault;

/// A file in the making.
pub struct Sheet {
    lines: csv::Writer<Vec<u8>>,
}

impl Sheet {
    /// A file with a header.
    pub fn new<'a>(
        lang: Locale,
        header: impl IntoIterator<Item = &'a str>,
    ) -> Result<Sheet, Fault> {
        let separator = match lang {
            Locale::Az | Locale::Ru => b';',
            Locale::En => b',',
        };
        let start = Vec::from("\u{feff}".as_bytes());
        let lines = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(start);
        let mut sheet = Sheet { lines };
        sheet.line(header)?;
        Ok(sheet)
    }

    /// Adds a line.
    pub fn line<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), Fault> {
        self.lines
            .write_record(cells.into_iter().map(harmless))
            .map_err(|why| Fault::Broken(why.to_string()))
    }

    /// The answer that a browser saves under this name.
    pub fn answer(self, name: &str) -> Result<HttpResponse, Fault> {
        let bytes = self.lines.into_inner().map_err(|why| Fault::Broken(why.to_string()))?;
        Ok(HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
            .insert_header((
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}.csv\""),
            ))
            .insert_header((header::CACHE_CONTROL, "private, no-store"))
            .body(bytes))
    }
}

/// Text that a spreadsheet would run gets an apostrophe before it. Numbers below zero are left alone.
fn harmless(cell: &str) -> String {
    let starts = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let is_number = cell.starts_with('-') && cell.parse::<f64>().is_ok();
    if starts && !is_number { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        for (cell, kept) in [
            ("=1+1", "'=1+1"),
            ("+994", "'+994"),
            ("-5", "-5"),
            ("-5+1", "'-5+1"),
            ("@sum", "'@sum"),
            ("Leyla", "Leyla"),
            ("\t=x", "'\t=x"),
        ] {
            assert_eq!(harmless(cell), kept);
        }
    }

    #[test]
    fn each_language_has_its_separator() {
        for (lang, expected) in
            [(Locale::Az, "\u{feff}a;\"b;c\"\r\n"), (Locale::En, "\u{feff}a,b;c\r\n")]
        {
            let sheet = Sheet::new(lang, ["a", "b;c"]).unwrap();
            assert_eq!(String::from_utf8(sheet.lines.into_inner().unwrap()).unwrap(), expected);
        }
    }
}
