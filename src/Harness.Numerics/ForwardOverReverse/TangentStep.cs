namespace Harness.Numerics;

/// <summary>One operation's part in a <see cref="TangentPass"/>; holds what it needs of its values at θ.</summary>
internal abstract class TangentStep : IDisposable
{
    /// <summary>From the tangents of what it reads to that of what it defines.</summary>
    internal abstract void Forward(TangentPass pass);

    /// <summary>From what it defines back to what it reads, and to its parameters.</summary>
    internal abstract void Backward(TangentPass pass);

    public abstract void Dispose();
}
