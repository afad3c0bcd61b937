//! The table that is printed.

/// One line: what was measured, what it is compared with, and whether the aim is met.
pub struct Line {
    pub what: String,
    pub aim: String,
    pub figure: String,
    pub reference: String,
    pub ratio: String,
    pub met: Option<bool>,
}

impl Line {
    /// A figure compared with the reference of the same run.
    pub fn ratio(what: &str, figure: f64, reference: f64, unit: &str, aim: Aim) -> Self {
        let ratio = figure / reference;
        Self {
            what: what.to_owned(),
            aim: aim.words(" of the reference"),
            figure: format!("{} {unit}", short(figure)),
            reference: format!("{} {unit}", short(reference)),
            ratio: format!("{ratio:.2}"),
            met: Some(aim.is_met(ratio)),
        }
    }

    /// A figure with an aim of its own.
    pub fn plain(what: &str, figure: f64, unit: &str, aim: Aim) -> Self {
        let (Aim::AtLeast(bound) | Aim::AtMost(bound)) = aim;
        Self {
            what: what.to_owned(),
            aim: aim.words(&format!(" {unit}")),
            figure: format!("{} {unit}", short(figure)),
            reference: String::new(),
            ratio: if bound > 0.0 {
                format!("{:.2}", figure / bound)
            } else {
                String::new()
            },
            met: Some(aim.is_met(figure)),
        }
    }

    /// Prints it.
    pub fn print(&self) {
        let met = match self.met {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "",
        };
        println!(
            "| {:<58} | {:<26} | {:>16} | {:>16} | {:>6} | {met:<6} |",
            self.what, self.aim, self.figure, self.reference, self.ratio
        );
    }
}

/// Prints the head of the table.
pub fn print_head() {
    println!(
        "| {:<58} | {:<26} | {:>16} | {:>16} | {:>6} | {:<6} |",
        "what", "aim", "figure", "reference", "ratio", ""
    );
    println!(
        "|{0:-<60}|{0:-<28}|{0:->17}:|{0:->17}:|{0:->7}:|{0:-<8}|",
        ""
    );
}

/// What a figure is to be.
#[derive(Clone, Copy)]
pub enum Aim {
    AtLeast(f64),
    AtMost(f64),
}

impl Aim {
    fn is_met(self, figure: f64) -> bool {
        match self {
            Self::AtLeast(bound) => figure >= bound,
            Self::AtMost(bound) => figure <= bound,
        }
    }

    fn words(self, of: &str) -> String {
        match self {
            Self::AtLeast(bound) => format!("at least {}{of}", short(bound)),
            Self::AtMost(bound) => format!("at most {}{of}", short(bound)),
        }
    }
}

fn short(figure: f64) -> String {
    if figure >= 100.0 {
        format!("{figure:.0}")
    } else {
        format!("{:.2}", figure)
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    }
}
