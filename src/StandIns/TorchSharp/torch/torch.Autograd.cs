using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static class autograd
    {
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            ArgumentNullException.ThrowIfNull(outputs);
            ArgumentNullException.ThrowIfNull(inputs);
            var seeds = grad_outputs ?? [];
            var held = new HeldHandles(new SafeHandle?[outputs.Count + inputs.Count + seeds.Count]);
            try
            {
                var pointers = new nint[outputs.Count + 2 * inputs.Count + seeds.Count];
                var next = 0;
                foreach (var tensor in outputs.Concat(inputs).Concat(seeds))
                    pointers[next++] = held.Add(tensor);
                fixed (nint* first = pointers)
                {
                    var input = first + outputs.Count;
                    var seed = input + inputs.Count;
                    var gradients = seed + seeds.Count;
                    NativeMethods.Check(NativeMethods.harness_autograd_grad(
                        first, outputs.Count, input, inputs.Count, seed, seeds.Count,
                        retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, gradients));
                    var result = new Tensor[inputs.Count];
                    for (var i = 0; i < result.Length; i++)
                        result[i] = new Tensor(gradients[i]);
                    return result;
                }
            }
            finally
            {
                held.Release();
            }
        }
    }
}
