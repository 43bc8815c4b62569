//! Where two territories stand to each other: in size, in class of area, in kilometres.
use crate::domain::territory::Territory;

/// Kilometres from the earth's centre to its surface, on average.
const EARTH: f64 = 6371.0;
/// A territory so many kilometres away counts e times less than one next door.
const FAR: f64 = 80.0;
/// A territory e^1.2 ≈ 3.3 times as large counts e times less than one of the same size.
const LARGER: f64 = 1.2;

/// The classes of area by their distance from services, as the national strategy for inner areas (SNAI) has them: each
/// is one step from the next.
const AREAS: [&str; 6] = ["POLE", "INTERMUNICIPAL_POLE", "BELT", "INTERMEDIATE", "PERIPHERAL", "ULTRAPERIPHERAL"];

/// What of a territory is compared. What is not known is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site {
    /// Inhabitants.
    pub population: Option<i64>,
    /// Code of the vocabulary `AREA_CLASS`.
    pub area_class: Option<String>,
    /// Degrees north and east (WGS 84).
    pub point: Option<(f64, f64)>,
}

impl Site {
    /// Of this territory.
    #[must_use]
    pub fn of(territory: &Territory) -> Self {
        Self {
            population: territory.population,
            area_class: territory.area_class.clone(),
            point: territory.latitude.zip(territory.longitude),
        }
    }

    /// Kilometres between the two, as the crow flies (haversine).
    #[must_use]
    pub fn kilometres(&self, other: &Self) -> Option<f64> {
        let ((lat_a, lon_a), (lat_b, lon_b)) = self.point.zip(other.point)?;
        let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
        let along = lat_a.to_radians().cos() * lat_b.to_radians().cos();
        let chord = half(lat_a, lat_b) + along * half(lon_a, lon_b);
        Some(2.0 * EARTH * chord.clamp(0.0, 1.0).sqrt().asin())
    }

    /// Its inhabitants, where there are some.
    pub(super) fn people(&self) -> Option<i64> {
        self.population.filter(|people| *people > 0)
    }

    /// The place of its class among the classes of area; none where it is not known here.
    pub(super) fn area(&self) -> Option<usize> {
        AREAS.iter().position(|area| self.area_class.as_deref() == Some(area))
    }

    /// How many classes of area lie between the two.
    fn steps(&self, other: &Self) -> Option<u32> {
        u32::try_from(self.area()?.abs_diff(other.area()?)).ok()
    }

    /// How near the two are, in each way; none where one of them is not known.
    #[must_use]
    pub fn near(&self, other: &Self) -> Near {
        #[expect(clippy::cast_precision_loss, reason = "some millions")]
        let ratio = self.people().zip(other.people()).map(|(a, b)| (a as f64 / b as f64).ln().abs());
        Near {
            size: ratio.map(|ratio| (-ratio / LARGER).exp()),
            area: self.steps(other).map(|steps| 1.0 - f64::from(steps) / 5.0),
            distance: self.kilometres(other).map(|km| (-km / FAR).exp()),
        }
    }
}

/// How near two territories are: 1 the same, 0 as far as can be; none where it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Near {
    /// In inhabitants: exp(−|ln(a/b)|/1.2).
    pub size: Option<f64>,
    /// In class of area: 1 − steps/5.
    pub area: Option<f64>,
    /// In kilometres: exp(−km/80).
    pub distance: Option<f64>,
}
