using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A reference to a tensor of libtorch.</summary>
    public partial class Tensor : IDisposable
    {
        private readonly TensorHandle _handle;
        private readonly DisposeScopeManager _creator;

        internal Tensor(nint native)
        {
            _handle = new TensorHandle(native);
            _creator = DisposeScopeManager.Instance;
            OwningDisposeScope = _creator.Register(this);
        }

        public static long TotalCount => TensorHandle.Live;

        public static long PeakCount => TensorHandle.Peak;

        /// <summary>True once disposed, and for the gradient of an unused input.</summary>
        public bool IsInvalid => _handle.IsInvalid || _handle.IsClosed;

        public nint Handle => TensorHandle.DangerousGetHandle();

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal TensorHandle TensorHandle =>
            IsInvalid ? throw new InvalidOperationException("Tensor invalid -- empty handle.") : _handle;

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        internal Tensor MoveToOtherDisposeScope(DisposeScope? scope)
        {
            OwningDisposeScope?.MoveToOther(scope, this);
            return this;
        }

        public void Dispose()
        {
            if (OwningDisposeScope is { } scope)
                scope.MarkAsDisposed(this);
            else if (!_handle.IsClosed)
                _creator.Counts.DisposedOutsideScopeCount++;
            Free();
            GC.SuppressFinalize(this);
        }

        public override string ToString() => IsInvalid ? "" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public bool Equals(Tensor target) => Aten.CallBoolean("equal", this, target);

        // The genuine package compares by value and hashes by reference too; tensors are no dictionary keys.
        public override int GetHashCode() => base.GetHashCode();

        internal void Free() => _handle.Dispose();
    }
}
