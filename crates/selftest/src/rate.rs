use serde::Serialize;

/// A share, with the interval in which the true one lies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// How many.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
    /// The share, 0 to 1; 0 where there is nothing to share.
    pub share: f64,
    /// The lower end of the 95 % interval (Wilson 1927).
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Rate {
    /// `part` of `whole`.
    ///
    /// # Example
    /// ```
    /// use tamis_selftest::Rate;
    /// let rate = Rate::new(8, 10);
    /// assert!(rate.low > 0.49 && rate.low < 0.5 && rate.high > 0.94 && rate.high < 0.95);
    /// ```
    pub fn new(part: usize, whole: usize) -> Rate {
        let n = whole as f64;
        if whole == 0 {
            let (share, low, high) = (0.0, 0.0, 1.0);
            return Rate {
                part,
                whole,
                share,
                low,
                high,
            };
        }
        // The quantile of the normal distribution for 95 %.
        const Z: f64 = 1.959_964;
        let share = part as f64 / n;
        let middle = share + Z * Z / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        Rate {
            part,
            whole,
            share,
            low: if part == 0 { 0.0 } else { (middle - half) / scale },
            high: if part == whole {
                1.0
            } else {
                (middle + half) / scale
            },
        }
    }

    /// How many of a thousand.
    pub fn per_thousand(&self) -> f64 {
        self.share * 1_000.0
    }

    /// How many of a hundred.
    pub fn percent(&self) -> f64 {
        self.share * 100.0
    }
}
