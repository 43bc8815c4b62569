//! Reads the command line and starts what was asked for.
fn main() {
    print!("{}", innesto::graphql::schema::sdl());
}
