/// A promise wasn't kept in time.
package struct PromiseExpired: Error {}
