namespace Harness.Decompositions;

/// <summary>How a method is run: its seed, where it computes, how long it may, and how it is watched and stopped.</summary>
/// <param name="Seed">The only source of randomness.</param>
/// <param name="Device">A torch device, <c>cpu</c> or <c>cuda:0</c>.</param>
/// <param name="Budget">Wall time it should stay within; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
/// <param name="Progress">Receives fractions 0 … 1; null: nobody watches.</param>
/// <param name="Cancellation">Honoured between steps by throwing <see cref="OperationCanceledException"/>.</param>
public sealed record MethodContext(
    ulong Seed, string Device, TimeSpan Budget, IProgress<double>? Progress, CancellationToken Cancellation)
{
    /// <summary>The CPU, no budget, nobody watching.</summary>
    public static MethodContext Default(ulong seed) => new(seed, "cpu", Timeout.InfiniteTimeSpan, null, CancellationToken.None);
}
