//! Meta's limits of templates.

use super::HeaderKind;

/// How long things may be, in characters, and how many there may be.
pub mod limit {
    /// A template's name.
    pub const NAME: usize = 512;
    /// The line above the words.
    pub const HEADER: usize = 60;
    /// The words.
    pub const BODY: usize = 1024;
    /// The line under them.
    pub const FOOTER: usize = 60;
    /// Buttons altogether.
    pub const BUTTONS: usize = 10;
    /// Buttons that open an address.
    pub const URL_BUTTONS: usize = 2;
    /// What a button says.
    pub const BUTTON: usize = 25;
    /// The address behind one.
    pub const URL: usize = 2000;
    /// The number behind one.
    pub const PHONE: usize = 20;
    /// The code behind one.
    pub const CODE: usize = 15;
    /// An example.
    pub const EXAMPLE: usize = 200;
}

/// A kind of file that can be a sample, with its types and the most bytes it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleKind {
    /// The types Meta takes.
    pub types: &'static [&'static str],
    /// In mebibytes.
    pub most: u32,
}

impl SampleKind {
    /// The types as people call them.
    pub fn names(self) -> String {
        let names = self.types.iter().filter_map(|kind| kind.rsplit('/').next());
        names.map(str::to_uppercase).collect::<Vec<_>>().join(", ")
    }

    /// What Meta takes as a sample of this header; none where it takes none.
    pub const fn of(header: HeaderKind) -> Option<Self> {
        match header {
            HeaderKind::Image => Some(Self {
                types: &["image/jpeg", "image/png"],
                most: 5,
            }),
            HeaderKind::Video => Some(Self {
                types: &["video/mp4"],
                most: 16,
            }),
            HeaderKind::Document => Some(Self {
                types: &["application/pdf"],
                most: 16,
            }),
            HeaderKind::None | HeaderKind::Text | HeaderKind::Location => None,
        }
    }
}
