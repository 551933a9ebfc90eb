namespace Harness.Methods;

/// <summary>
/// One hidden unit: an index of an intermediate value that lies between incoming and outgoing weights. Coordinates are those of
/// the flat parameter vector, ascending and unique.
/// </summary>
/// <param name="Name">The value that first carries it and its index there, e.g. <c>h[3]</c>; for people.</param>
/// <param name="Incoming">Weights and biases that produce it; at least one.</param>
/// <param name="Outgoing">Weights that read it; at least one. With all of them at zero the unit is cut out of the network.</param>
public sealed record HiddenUnit(string Name, IReadOnlyList<long> Incoming, IReadOnlyList<long> Outgoing);
