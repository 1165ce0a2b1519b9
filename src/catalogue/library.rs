//! The published courses in memory. Cards are all there; whole courses are read when first asked for.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use uuid::Uuid;

use super::card::Card;
use super::published::Published;
use super::store;
use super::watched::Watched;
use crate::db::{self, Conn};
use crate::domain::course::identity::reading::{Reading, reading};
use crate::domain::locale::Locale;
use crate::domain::search::{Field, Index};

/// Whole courses kept in memory at most; a course of 30 lessons in three languages takes about a megabyte.
const KEPT: usize = 40;

/// Versions whose reading is kept at most; one takes about 3 kB.
const READINGS_KEPT: usize = 1000;

/// The cards of all published courses at one moment.
#[derive(Debug)]
pub struct Cards {
    /// Rises with every publication.
    pub revision: i64,
    by_slug: BTreeMap<String, (Uuid, Arc<Card>)>,
    /// Addresses, the oldest publication first.
    by_date: Vec<String>,
    index: Index<String>,
}

impl Cards {
    fn new(revision: i64, all: Vec<(Uuid, Card)>) -> Cards {
        let index = Index::build(
            all.iter()
                .filter(|(_, card)| !card.draft)
                .map(|(_, card)| (card.slug.clone(), fields(card))),
        );
        let by_date = all.iter().map(|(_, card)| card.slug.clone()).collect();
        let by_slug = all
            .into_iter()
            .map(|(version, card)| (card.slug.clone(), (version, Arc::new(card))))
            .collect();
        Cards { revision, by_slug, by_date, index }
    }

    /// Courses that learners see, by address.
    pub fn shown(&self) -> impl Iterator<Item = &Arc<Card>> {
        self.all().filter(|card| !card.draft)
    }

    /// All courses, drafts too.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Card>> {
        self.by_slug.values().map(|(_, card)| card)
    }

    /// The course at an address.
    pub fn by_slug(&self, slug: &str) -> Option<&Arc<Card>> {
        self.by_slug.get(slug).map(|(_, card)| card)
    }

    /// The course with an id.
    pub fn by_id(&self, id: Uuid) -> Option<&Arc<Card>> {
        self.all().find(|card| card.id == id)
    }

    /// The place of a course among all: the last publication comes first.
    pub fn place_by_date(&self, slug: &str) -> usize {
        self.by_date.iter().rev().position(|known| known == slug).unwrap_or(self.by_date.len())
    }

    /// Courses that fit a search, best first.
    pub fn search(&self, query: &str) -> Vec<&Arc<Card>> {
        self.index.search(query, 50).iter().filter_map(|hit| self.by_slug(&hit.id)).collect()
    }
}

/// What is searched of a course, in all its languages.
fn fields(card: &Card) -> Vec<Field> {
    let all = |texts: &crate::domain::locale::Texts| {
        Locale::ALL
            .iter()
            .filter_map(|locale| texts.0.get(locale).cloned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    vec![
        Field { text: all(&card.title), weight: 4 },
        Field { text: card.lesson_titles.join(" "), weight: 2 },
        Field { text: all(&card.summary), weight: 1 },
    ]
}

/// The published courses; cheap to clone.
#[derive(Clone)]
pub struct Library {
    cards: Arc<RwLock<Arc<Cards>>>,
    versions: Arc<Mutex<VecDeque<Arc<Published>>>>,
    readings: Arc<Mutex<HashMap<Uuid, Arc<Reading>>>>,
    /// Courses that are being written, on a development server.
    pub watched: Watched,
}

impl Library {
    /// Reads the cards of all courses.
    pub async fn open(conn: &mut Conn) -> Result<Library, db::Error> {
        let library = Library {
            cards: Arc::new(RwLock::new(Arc::new(Cards::new(-1, Vec::new())))),
            versions: Arc::default(),
            readings: Arc::default(),
            watched: Watched::default(),
        };
        library.refresh(conn).await?;
        Ok(library)
    }

    /// Reads the cards again if something was published since, here or on another node.
    pub async fn refresh(&self, conn: &mut Conn) -> Result<(), db::Error> {
        let revision = store::revision(conn).await?;
        if revision == self.cards().revision {
            return Ok(());
        }
        let rows = store::cards(conn).await?;
        let cards =
            rows.into_iter().map(|(version, card, _)| Ok((version, serde_json::from_str(&card)?)));
        let cards = cards
            .collect::<Result<_, serde_json::Error>>()
            .map_err(|why| db::Error::Corrupt(why.to_string()))?;
        *self.cards.write().unwrap_or_else(PoisonError::into_inner) =
            Arc::new(Cards::new(revision, cards));
        Ok(())
    }

    /// The cards, without the database.
    pub fn cards(&self) -> Arc<Cards> {
        Arc::clone(&self.cards.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is shown now at an address.
    pub async fn current(
        &self,
        conn: &mut Conn,
        slug: &str,
    ) -> Result<Option<Arc<Published>>, db::Error> {
        let version = self.cards().by_slug.get(slug).map(|(version, _)| *version);
        match version {
            Some(version) => self.version(conn, version).await.map(Some),
            None => Ok(None),
        }
    }

    /// What is shown now, if it is in memory already.
    pub fn current_in_memory(&self, slug: &str) -> Option<Arc<Published>> {
        let version = self.cards().by_slug.get(slug).map(|(version, _)| *version)?;
        self.in_memory(version)
    }

    /// What is shown now of a course by its id.
    pub async fn current_of(
        &self,
        conn: &mut Conn,
        course: Uuid,
    ) -> Result<Option<Arc<Published>>, db::Error> {
        let slug = self.cards().by_id(course).map(|card| card.slug.clone());
        match slug {
            Some(slug) => self.current(conn, &slug).await,
            None => Ok(None),
        }
    }

    /// Any version, also an old one.
    pub async fn version(
        &self,
        conn: &mut Conn,
        version: Uuid,
    ) -> Result<Arc<Published>, db::Error> {
        if let Some(found) = self.in_memory(version) {
            return Ok(found);
        }
        let course = store::course(conn, version).await?;
        let read = Arc::new(Published { version, course });
        let mut kept = self.versions.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front(Arc::clone(&read));
        kept.truncate(KEPT);
        Ok(read)
    }

    /// What the lessons of a version say, as hashes. Few versions of a course are ever asked for, and none of them
    /// pushes a whole course out of memory.
    pub async fn reading(&self, conn: &mut Conn, version: Uuid) -> Result<Arc<Reading>, db::Error> {
        let known =
            self.readings.lock().unwrap_or_else(PoisonError::into_inner).get(&version).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let read = match self.in_memory(version) {
            Some(published) => Arc::new(reading(&published.course)),
            None => Arc::new(reading(&store::course(conn, version).await?)),
        };
        let mut kept = self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= READINGS_KEPT {
            kept.clear();
        }
        kept.insert(version, Arc::clone(&read));
        Ok(read)
    }

    fn in_memory(&self, version: Uuid) -> Option<Arc<Published>> {
        let mut kept = self.versions.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|published| published.version == version)?;
        if at > 0 {
            // Often used courses stay in front, so that the seldom used are forgotten first.
            kept.swap(at, at - 1);
        }
        kept.get(at.saturating_sub(1))
            .filter(|published| published.version == version)
            .or_else(|| kept.get(at))
            .cloned()
    }
}
