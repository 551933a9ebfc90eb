namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One entry of an index expression: a position, a slice, a tensor of positions or a mask, an ellipsis, a new axis.
    /// </summary>
    public struct TensorIndex
    {
        internal enum Form
        {
            Null,
            None,
            Bool,
            Single,
            Tensor,
            Slice,
            Ellipsis,
        }

        internal Form Kind { get; private init; }
        internal long? Start { get; private init; }
        internal long? Stop { get; private init; }
        internal long? Step { get; private init; }
        internal Tensor? Positions { get; private init; }

        public static readonly TensorIndex None = new() { Kind = Form.None };

        public static readonly TensorIndex Null = new() { Kind = Form.Null };

        public static readonly TensorIndex Ellipsis = new() { Kind = Form.Ellipsis };

        public static readonly TensorIndex Colon = Slice();

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Kind = Form.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { Kind = Form.Bool, Start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { Kind = Form.Single, Start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { Kind = Form.Tensor, Positions = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>Makes the compiler prefer index lists over tensor lists, as in the genuine package; never called.</summary>
        public static implicit operator Tensor(TensorIndex value) =>
            throw new InvalidOperationException("A TensorIndex does not become a Tensor.");
    }
}
