//! Where to draw the territories: on the map, drawn a little towards those they work with, and apart where they would
//! cover one another. The pull has one solution whatever the network, which changes no more than the network does: so the
//! picture of tomorrow is nearly that of today, without anybody keeping it.

/// Width and height of the drawing.
pub const SIZE: f64 = 1000.0;
/// How strong one exchange pulls, against the 1 of the map.
const PULL: f64 = 0.08;
/// Rounds after which nobody moves any more to speak of.
const ROUNDS: usize = 100;
/// Rounds of moving apart.
const APART: usize = 30;
/// Two stand so far apart at least, where there is room, if they were alone; less where there are many.
const FAR: f64 = 46.0;
/// Nodes that stand so far apart in a drawing that is still airy.
const AIRY: f64 = 45.0;
/// The golden angle, in radians: successive turns by it never meet.
const TURN: f64 = 2.399_963_229_728_653;

/// A place in the drawing.
pub type Point = (f64, f64);

/// Places on the map (longitude and latitude in degrees) as places in the drawing: north up, nothing stretched, the whole
/// within a margin. Who has no place on the map stands in the middle.
#[must_use]
pub fn projected(places: &[Option<Point>]) -> Vec<Point> {
    let known: Vec<Point> = places.iter().flatten().copied().collect();
    let bound = |by: fn(&Point) -> f64, pick: fn(f64, f64) -> f64| known.iter().map(by).reduce(pick);
    let bounds =
        (bound(|p| p.0, f64::min), bound(|p| p.0, f64::max), bound(|p| p.1, f64::min), bound(|p| p.1, f64::max));
    let (Some(west), Some(east), Some(south), Some(north)) = bounds else {
        return vec![(SIZE / 2.0, SIZE / 2.0); places.len()];
    };
    let middle = (f64::midpoint(west, east), f64::midpoint(south, north));
    let narrow = middle.1.to_radians().cos();
    let wide = ((east - west) * narrow).max(north - south).max(f64::EPSILON);
    let scale = SIZE * 0.9 / wide;
    let place = |(lon, lat): Point| {
        let (x, y) = ((lon - middle.0) * narrow, middle.1 - lat);
        (x.mul_add(scale, SIZE / 2.0), y.mul_add(scale, SIZE / 2.0))
    };
    places.iter().map(|at| at.map_or((SIZE / 2.0, SIZE / 2.0), place)).collect()
}

/// Moves the nodes from their places on the map. Edges name two nodes and how many exchanges there were.
#[must_use]
pub fn placed(anchors: &[Point], edges: &[(usize, usize, f64)]) -> Vec<Point> {
    let mut links: Vec<Vec<(usize, f64)>> = vec![Vec::new(); anchors.len()];
    for (a, b, exchanges) in edges {
        let pull = PULL * exchanges.ln_1p();
        links[*a].push((*b, pull));
        links[*b].push((*a, pull));
    }
    let mut at = anchors.to_vec();
    for _ in 0..ROUNDS {
        for node in 0..at.len() {
            let ((mut x, mut y), mut weight) = (anchors[node], 1.0);
            for (other, pull) in &links[node] {
                (x, y) = (at[*other].0.mul_add(*pull, x), at[*other].1.mul_add(*pull, y));
                weight += pull;
            }
            at[node] = (x / weight, y / weight);
        }
    }
    apart(&mut at);
    at
}

/// Pushes apart who stands too near.
#[expect(clippy::cast_precision_loss, reason = "counts of territories are far below 2^52")]
fn apart(at: &mut [Point]) {
    let far = FAR * (AIRY / at.len().max(1) as f64).sqrt().min(1.0);
    for _ in 0..APART {
        let mut moved = false;
        for a in 0..at.len() {
            for b in a + 1..at.len() {
                let (mut dx, mut dy) = (at[b].0 - at[a].0, at[b].1 - at[a].1);
                if dx.abs() >= far || dy.abs() >= far {
                    continue;
                }
                let mut distance = dx.hypot(dy);
                if distance >= far {
                    continue;
                }
                if distance < 1e-6 {
                    // In one place: each pair parts in a direction of its own.
                    (dx, dy, distance) = ((b as f64 * TURN).cos(), (b as f64 * TURN).sin(), 1.0);
                }
                let push = (far - distance) / distance / 4.0;
                at[a] = (at[a].0 - dx * push, at[a].1 - dy * push);
                at[b] = (at[b].0 + dx * push, at[b].1 + dy * push);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    for (x, y) in at {
        (*x, *y) = (x.clamp(0.0, SIZE), y.clamp(0.0, SIZE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_up_and_nothing_is_stretched() {
        let at = projected(&[Some((15.0, 41.0)), Some((17.0, 41.0)), Some((16.0, 42.0)), None]);
        assert!(at[2].1 < at[0].1 && at[0].0 < at[2].0 && at[2].0 < at[1].0);
        let (degree_north, two_east) = (at[0].1 - at[2].1, at[1].0 - at[0].0);
        assert!((two_east / degree_north - 2.0 * 41.5_f64.to_radians().cos()).abs() < 1e-9);
        assert_eq!(at[3], (500.0, 500.0));
        assert_eq!(projected(&[None]), [(500.0, 500.0)]);
    }

    #[test]
    fn partners_come_nearer_and_nobody_covers_another() {
        let anchors = [(100.0, 100.0), (900.0, 100.0), (500.0, 900.0), (500.0, 900.0)];
        let (alone, together) = (placed(&anchors, &[]), placed(&anchors, &[(0, 1, 20.0)]));
        assert!(together[1].0 - together[0].0 < alone[1].0 - alone[0].0);
        let between = (alone[3].0 - alone[2].0).hypot(alone[3].1 - alone[2].1);
        assert!(between > FAR * 0.9, "{between}");
    }

    #[test]
    fn one_exchange_more_moves_nobody_far() {
        let anchors: Vec<Point> = (0..45).map(|n| (f64::from(n * 397 % 991), f64::from(n * 211 % 983))).collect();
        let mut edges: Vec<_> = (0..44).map(|n| (n, (n * 7 + 3) % 45, 3.0)).filter(|(a, b, _)| a != b).collect();
        let today = placed(&anchors, &edges);
        edges.push((4, 40, 1.0));
        edges[7].2 += 1.0;
        let moved = placed(&anchors, &edges).iter().zip(&today).map(|(a, b)| (a.0 - b.0).hypot(a.1 - b.1)).collect();
        let farthest = Vec::<f64>::into_iter(moved).fold(0.0, f64::max);
        assert!(farthest < SIZE / 20.0, "{farthest}");
    }
}
