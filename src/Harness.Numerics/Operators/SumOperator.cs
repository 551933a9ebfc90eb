using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary><c>Σ_t c_t A_t</c>: a mixture of data sets' Hessians, or the difference of two.</summary>
public sealed class SumOperator : ISymmetricOperator
{
    private readonly (double Coefficient, ISymmetricOperator Operator)[] _terms;

    /// <summary>Adds operators up.</summary>
    /// <param name="terms">At least one; coefficients are finite, of any sign.</param>
    /// <exception cref="ArgumentException">There is no term, a coefficient is not finite, or the dimensions differ.</exception>
    public SumOperator(params (double Coefficient, ISymmetricOperator Operator)[] terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Length == 0)
            throw new ArgumentException("A sum needs at least one term.", nameof(terms));
        foreach (var (coefficient, term) in terms)
        {
            ArgumentNullException.ThrowIfNull(term, nameof(terms));
            if (!double.IsFinite(coefficient))
                throw new ArgumentException($"Coefficients must be finite, got {coefficient}.", nameof(terms));
            if (term.Dimension != terms[0].Operator.Dimension)
                throw new ArgumentException($"The first operator acts on ℝ^{terms[0].Operator.Dimension}, another on ℝ^{term.Dimension}.", nameof(terms));
        }
        _terms = [.. terms];
    }

    /// <inheritdoc/>
    public long Dimension => _terms[0].Operator.Dimension;

    /// <inheritdoc/>
    public ISymmetricOperator Reference => _terms.All(term => ReferenceEquals(term.Operator.Reference, term.Operator))
        ? this
        : new SumOperator([.. _terms.Select(term => (term.Coefficient, term.Operator.Reference))]);

    /// <inheritdoc/>
    public ILocalFunction? Function => _terms.All(term => term.Operator.Function is not null)
        ? new SumFunction([.. _terms.Select(term => (term.Coefficient, term.Operator.Function!))])
        : null;

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        Blocks.Check(block, Dimension);
        using var scope = NewDisposeScope();
        var sum = zeros_like(block);
        foreach (var (coefficient, term) in _terms)
            sum.add_(term.Multiply(block) * coefficient);
        return sum.MoveToOuterDisposeScope();
    }
}
