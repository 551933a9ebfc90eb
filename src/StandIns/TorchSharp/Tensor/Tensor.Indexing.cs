using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices).Dispose();
        }

        public Tensor this[long i1]
        {
            get => Aten.Call("select.int", this, 0, i1);
            set => Assign(value, i1);
        }

        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => Assign(value, i1, i2);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => Assign(value, i1, i2, i3);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => Assign(value, i1, i2, i3, i4);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices).Dispose();
        }

        public Tensor index(params TensorIndex[] indices)
        {
            ArgumentNullException.ThrowIfNull(indices);
            var outer = DisposeScopeManager.Instance.Current;
            using var scope = NewDisposeScope();
            var (view, positions) = View(indices);
            var result = positions.Length == 0 ? view : Aten.Call("index.Tensor", view, Argument.List(positions));
            // A view that is this tensor itself would be disposed with the caller's other results.
            return (ReferenceEquals(result, this) ? alias() : result).MoveToOtherDisposeScope(outer);
        }

        public Tensor index(params Tensor[] indices) => Aten.Call("index.Tensor", this, Argument.List(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            ArgumentNullException.ThrowIfNull(value);
            using (NewDisposeScope())
            {
                var (view, positions) = View(indices);
                if (positions.Length == 0)
                    view.copy_(value);
                else
                    Aten.Call("index_put_", view, Argument.List(positions), value.to(dtype, device));
            }
            return alias();
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) =>
            Aten.Call("index_put_", this, Argument.List(indices), value, false);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var scalar = Scalars(value);
            return index_put_(scalar, indices);
        }

        public Tensor index_select(long dim, Tensor index) => Aten.Call("index_select", this, dim, index);
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Aten.Call("index_add", this, dim, index, source, alpha);
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Aten.Call("index_add_", this, dim, index, source, alpha);
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Aten.Call("index_copy", this, dim, index, source);
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Aten.Call("index_copy_", this, dim, index, source);
        public Tensor index_fill(long dim, Tensor index, Scalar value) =>
            Aten.Call("index_fill.int_Scalar", this, dim, index, value);
        public Tensor index_fill_(long dim, Tensor index, Scalar value) =>
            Aten.Call("index_fill_.int_Scalar", this, dim, index, value);
        public Tensor gather(long dim, Tensor index) => Aten.Call("gather", this, dim, index);
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.Call("scatter.src", this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Aten.Call("scatter_.src", this, dim, index, src);
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.Call("scatter_add", this, dim, index, src);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Aten.Call("scatter_add_", this, dim, index, src);
        public Tensor masked_select(Tensor mask) => Aten.Call("masked_select", this, mask);
        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.Call("masked_fill.Scalar", this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => Aten.Call("masked_fill_.Scalar", this, mask, value);
        public Tensor take(Tensor index) => Aten.Call("take", this, index);

        private void Assign(Tensor value, params TensorIndex[] indices) => index_put_(value, indices).Dispose();

        private Tensor Scalars(Scalar value) => Aten.Call("full", Array.Empty<long>(), value, dtype, default, device);

        /// <summary>
        /// Applies positions, slices, ellipsis and new axes; what remains are the tensors by which the view is to be indexed, one
        /// entry per leading dimension.
        /// </summary>
        private (Tensor View, Tensor?[] Positions) View(TensorIndex[] indices)
        {
            var view = this;
            var positions = new List<Tensor?>();
            var any = false;
            var dimension = 0L;
            for (var i = 0; i < indices.Length; i++)
            {
                var index = indices[i];
                switch (index.Kind)
                {
                    case TensorIndex.Form.Single:
                        view = view.select(dimension, index.Start ?? 0);
                        break;
                    case TensorIndex.Form.Slice:
                        view = Aten.Call("slice.Tensor", view, dimension++, index.Start, index.Stop, index.Step ?? 1);
                        positions.Add(null);
                        break;
                    case TensorIndex.Form.None or TensorIndex.Form.Null:
                        view = view.unsqueeze(dimension++);
                        positions.Add(null);
                        break;
                    case TensorIndex.Form.Bool:
                        view = view.unsqueeze(dimension++);
                        positions.Add(Aten.Call("full", new long[] { 1 }, index.Start == 1, ScalarType.Bool, default, device));
                        any = true;
                        break;
                    case TensorIndex.Form.Tensor:
                        positions.Add(index.Positions);
                        dimension += Spanned(index.Positions!);
                        any = true;
                        break;
                    case TensorIndex.Form.Ellipsis:
                        var skipped = view.ndim - dimension - Consumed(indices.AsSpan(i + 1));
                        for (; skipped > 0; skipped--, dimension++)
                            positions.Add(null);
                        break;
                }
            }
            return (view, any ? [.. positions] : []);
        }

        /// <summary>Dimensions that one tensor indexes: a mask all of its own, positions a single one.</summary>
        private static long Spanned(Tensor index) => index.dtype is ScalarType.Bool or ScalarType.Byte ? index.ndim : 1;

        private static long Consumed(ReadOnlySpan<TensorIndex> indices)
        {
            var count = 0L;
            foreach (var index in indices)
            {
                count += index.Kind switch
                {
                    TensorIndex.Form.Single or TensorIndex.Form.Slice => 1,
                    TensorIndex.Form.Tensor => Spanned(index.Positions!),
                    _ => 0,
                };
            }
            return count;
        }
    }
}
